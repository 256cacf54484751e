package io.jenkins.plugins.awscicd.bench;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a run ended.
 *
 * @param log the console without its annotations
 */
record RunEnd(String result, String log) implements Serializable {

    private static final Pattern NOTED = Pattern.compile("([^\\s\\[]+):(-?\\d+)[,\\]]");

    /** What the script has noted, see {@link Scripts}: milliseconds by name. */
    Map<String, Long> noted() {
        Map<String, Long> noted = new HashMap<>();
        log.lines().filter(line -> line.startsWith(Scripts.NOTED)).forEach(line -> {
            Matcher matcher = NOTED.matcher(line.substring(Scripts.NOTED.length()));
            while (matcher.find()) {
                noted.put(matcher.group(1), Long.valueOf(matcher.group(2)));
            }
        });
        return noted;
    }
}
