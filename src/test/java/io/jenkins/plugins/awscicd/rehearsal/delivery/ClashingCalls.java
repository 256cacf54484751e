package io.jenkins.plugins.awscicd.rehearsal.delivery;

import java.util.Set;
import org.codehaus.groovy.ast.ClassCodeVisitorSupport;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.classgen.GeneratorContext;
import org.codehaus.groovy.control.CompilePhase;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.customizers.CompilationCustomizer;

/**
 * Renames calls of steps and directives whose names every object has a method of: within a closure, Groovy would call that
 * method, and the call would never be seen.
 */
public final class ClashingCalls extends CompilationCustomizer {

    private static final Set<String> NAMES = Set.of("equals", "sleep");
    private static final String PREFIX = "$";

    ClashingCalls() {
        super(CompilePhase.CONVERSION);
    }

    /** The name as it was written. */
    public static String written(String name) {
        return name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
    }

    @Override
    public void call(SourceUnit source, GeneratorContext context, ClassNode type) {
        type.visitContents(new ClassCodeVisitorSupport() {
            @Override
            public void visitMethodCallExpression(MethodCallExpression call) {
                if (call.isImplicitThis() && NAMES.contains(call.getMethodAsString())) {
                    call.setMethod(new ConstantExpression(PREFIX + call.getMethodAsString()));
                }
                super.visitMethodCallExpression(call);
            }

            @Override
            protected SourceUnit getSourceUnit() {
                return source;
            }
        });
    }
}
