package io.jenkins.plugins.awscicd.localaws.beanstalk;

/** How something new comes to the instances. */
interface Course {

    void begin();

    /** Stops where it is. */
    void breakOff();

    /** Tells what is to be told once it was broken off. */
    void tellAborted();
}
