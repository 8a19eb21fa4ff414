package dev.tutti.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an engine knows of an image.
 *
 * @param id what the engine knows it by
 * @param digest by which a registry gives exactly this one; empty for one that came from none
 * @param created null when nobody knows
 * @param bytes its size, with what it shares with others
 * @param user whom its programs run as; empty for root
 * @param entryPoint the part of the command that stays when other arguments are given
 * @param ports that its programs say they listen on, such as {@code 8080/tcp}
 * @param builtByTutti whether Tutti built it, and so may replace and remove it
 */
public record ImageDetails(
    String id,
    String digest,
    @Nullable Instant created,
    long bytes,
    String architecture,
    String user,
    List<String> entryPoint,
    List<String> ports,
    Map<String, String> labels,
    boolean builtByTutti) {}
