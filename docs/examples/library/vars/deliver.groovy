// Builds in the first stage and makes its fleet, deploys to each, and asks before those after the first: their guards say whom.
def call(String... names) {
    def build
    stage('Build and test') { node { build = codeBuild stage: names[0], source: 'workspace' } }
    stage('Fleet') {
        node {
            cloudFormationDeploy stage: names[0], stack: "web-${names[0]}", template: 'infra/fleet.yaml', capabilities: 'CAPABILITY_IAM'
        }
    }
    names.eachWithIndex { name, i ->
        if (i > 0) {
            stage("Approve ${name}") { awsApproval stage: name, what: build, message: "Ship it to ${name}?" }
        }
        stage(name) { codeDeploy stage: name, revision: build }
    }
}
