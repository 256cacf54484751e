package io.jenkins.plugins.awscicd.engine.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.awscicd.engine.Bench;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What is said by one part of a console is heard by the others, and by none that is over. */
class SilenceAlarmTest {

    @AutoClose
    private final Bench bench = Bench.stepped();

    private final JobConsole whole = new Part(null);
    /** How often the time was looked at. */
    private final AtomicInteger heard = new AtomicInteger();

    private static final class Part extends JobConsole {

        Part(JobConsole whole) {
            super(whole);
        }

        @Override
        public void flush() {}

        @Override
        protected void printLine(String text) {}

        @Override
        protected void printLink(String text, String url) {}

        @Override
        protected void printRaw(List<String> parts) {}
    }

    private SilenceAlarm alarm() {
        Scheduler counting = (Scheduler) Proxy.newProxyInstance(
                Scheduler.class.getClassLoader(), new Class<?>[] {Scheduler.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("moment")) {
                        heard.incrementAndGet();
                    }
                    return method.invoke(bench.scheduler(), arguments);
                });
        return new SilenceAlarm(counting, new Part(whole), () -> {});
    }

    @Test
    void oneThatIsOverIsNotToldAnyMore() {
        SilenceAlarm one = alarm();
        SilenceAlarm other = alarm();
        one.begin();
        other.begin();
        heard.set(0);
        whole.line("tea");
        assertEquals(2, heard.getAndSet(0));
        one.end();
        whole.line("more tea");
        assertEquals(1, heard.getAndSet(0));
        other.end();
        whole.line("no tea");
        assertEquals(0, heard.get());
    }
}
