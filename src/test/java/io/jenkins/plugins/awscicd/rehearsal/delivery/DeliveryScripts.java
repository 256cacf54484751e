package io.jenkins.plugins.awscicd.rehearsal.delivery;

import com.lesfurets.jenkins.unit.PipelineTestHelper;
import com.lesfurets.jenkins.unit.global.lib.LibraryConfiguration;
import com.lesfurets.jenkins.unit.global.lib.SourceRetriever;
import groovy.lang.Binding;
import groovy.lang.Closure;
import groovy.lang.MetaMethod;
import groovy.lang.Script;
import io.jenkins.plugins.awscicd.engine.option.Nearest;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.codehaus.groovy.runtime.GeneratedClosure;
import org.codehaus.groovy.runtime.InvokerHelper;

/**
 * Compiles and runs Jenkinsfiles with JenkinsPipelineUnit, whose scripts ask an interceptor about every method that they call.
 * Ours calls {@link Steps}, and where there is no such step says so; JenkinsPipelineUnit's own would record the call.
 */
public final class DeliveryScripts extends PipelineTestHelper {

    private static final Map<String, String> IMPORTS = Map.of(
            "Library", "com.lesfurets.jenkins.unit.global.lib.Library",
            "NonCPS", "com.cloudbees.groovy.cps.NonCPS");

    private final Path directory;
    private final Steps steps;
    private final Binding binding;

    /**
     * @param directory where scripts are looked for
     * @param libraries the directories of shared libraries, by the names that scripts have for them
     */
    public DeliveryScripts(Path directory, Map<String, Path> libraries, Delivery delivery, Steps steps) {
        super(
                new String[] {directory.toString()},
                "groovy",
                Script.class,
                IMPORTS,
                DeliveryScripts.class.getClassLoader(),
                directory.toString());
        this.directory = directory;
        this.steps = steps;
        this.binding = new DeliveryBinding(delivery);
        libraries.forEach(this::library);
        init();
        gse.getConfig().addCompilationCustomizers(new ClashingCalls());
        steps.add("load", List.of("path"), call -> {
            String path = call.required("path");
            if (!Files.isRegularFile(directory.resolve(path))) {
                throw new StepFailure("load: there is no file '" + path + "' next to the Jenkinsfile");
            }
            return run(path);
        });
    }

    private void library(String name, Path at) {
        URL address;
        try {
            address = at.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e); // a file's always is one
        }
        registerSharedLibrary(LibraryConfiguration.library(name)
                .defaultVersion("rehearsed")
                .allowOverride(true)
                .implicit(false)
                .targetPath(at.toString())
                .retriever((SourceRetriever) (repository, branch, path) -> List.of(address))
                .build());
    }

    /** Runs a script to its end. */
    public Object run(String path) {
        return runScript(directory.relativize(directory.resolve(path)).toString(), binding);
    }

    @Override
    public Object getMethodInterceptor() {
        return new Interceptor(this);
    }

    private Object called(Object target, String called, Object[] arguments) {
        String name = ClashingCalls.written(called);
        MetaMethod method = InvokerHelper.getMetaClass(target).getMetaMethod(name, arguments);
        if (method != null && isOfScript(method)) {
            return method.doMethodInvoke(target, arguments);
        }
        if (steps.knows(name)) {
            return steps.run(steps.call(name, arguments));
        }
        var allowed = getAllowedMethodEntry(name, arguments);
        if (allowed != null && allowed.getValue() != null) {
            return allowed.getValue().call(arguments);
        }
        if (binding.getVariables().get(name) instanceof Closure<?> variable) {
            return variable.call(arguments);
        }
        if (binding.getVariables().get(name) instanceof Script ofLibrary) {
            return InvokerHelper.invokeMethod(ofLibrary, "call", arguments);
        }
        if (method != null) {
            return method.doMethodInvoke(target, arguments);
        }
        throw new StepFailure("There is no step '" + name + "' in a rehearsal"
                + Nearest.misspelt(name, steps.names())
                        .map(near -> "; did you mean " + near + "?")
                        .orElse("; if a shared library has it, say which with --library NAME=DIR, and with --skip "
                                + name + " it is left out"));
    }

    /** Whether a script has the method itself: it then goes before a step of that name. */
    private static boolean isOfScript(MetaMethod method) {
        Class<?> type = method.getDeclaringClass().getTheClass();
        return Script.class.isAssignableFrom(type) && type != Script.class;
    }

    /**
     * What Groovy calls in place of a script's methods; its delegate is the script. Marked as one of Groovy's own closures, as only
     * those may stand in for invokeMethod.
     */
    private final class Interceptor extends Closure<Object> implements GeneratedClosure {

        Interceptor(Object owner) {
            super(owner);
        }

        /** Found by Groovy by its name. */
        @SuppressWarnings("unused")
        public Object doCall(String name, Object[] arguments) {
            return called(getDelegate(), name, arguments);
        }
    }
}
