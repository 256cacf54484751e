package io.jenkins.plugins.awscicd.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.Serializable;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;

/**
 * What a JVM has used so far, and holds at this moment.
 *
 * @param cpuNanos CPU time of the whole process up to this reading, which collects garbage and so takes some itself
 * @param ownCpuNanos the part of the CPU time that this reading took
 * @param heapBytes in use after the garbage is collected
 * @param threads alive now
 * @param peakThreads alive at once at the most, since the last reading
 * @param engineThreads those of the plugin's engine: its own, and the one with which the SDK closes idle connections
 */
record Reading(long cpuNanos, long ownCpuNanos, long heapBytes, int threads, int peakThreads, int engineThreads)
        implements Serializable {

    /** Reads this JVM. */
    static Reading take() throws InterruptedException {
        OperatingSystemMXBean process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long cpu = process.getProcessCpuTime();
        int peak = threads.getPeakThreadCount();
        threads.resetPeakThreadCount();
        int engine = (int) Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("AWS CI/CD") || name.equals("idle-connection-reaper"))
                .count();
        System.gc();
        TimeUnit.MILLISECONDS.sleep(500); // in which cleaners and finalizers let go of what the second collection takes
        System.gc();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        return new Reading(cpu, process.getProcessCpuTime() - cpu, heap, threads.getThreadCount(), peak, engine);
    }
}
