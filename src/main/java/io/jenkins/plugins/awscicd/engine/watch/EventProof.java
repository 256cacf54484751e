package io.jenkins.plugins.awscicd.engine.watch;

/**
 * Whether AWS's events can be gone by. They have proved themselves once as many things in a row were announced as are needed, and more are
 * needed each time that they have failed after that.
 */
public final class EventProof {

    private static final int MOST_NEEDED = 64;

    private int announced;
    private int needed = 1;

    public boolean isProven() {
        return announced >= needed;
    }

    /** How many have to be announced in a row. */
    public int needed() {
        return needed;
    }

    /** Something was announced, and has come. */
    public void announced() {
        announced++;
    }

    /** Something has come that was not announced. */
    public void missed() {
        if (isProven()) {
            needed = Math.min(2 * needed, MOST_NEEDED);
        }
        announced = 0;
    }

    /**
     * They are not received for now, and have to prove themselves anew.
     *
     * @return whether anything was announced before
     */
    public boolean reset() {
        boolean any = announced > 0;
        announced = 0;
        return any;
    }
}
