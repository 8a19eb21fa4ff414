package dev.tutti.api;

import org.jspecify.annotations.Nullable;

/**
 * What became of a command in a workload.
 *
 * @param exitCode null when it did not end in time
 * @param goesOn whether it did not end in time and could not be ended either
 * @param output what it said on its standard output, at most the first 64 KiB
 * @param outputCut whether there was more
 * @param errors what it said on its standard error, as the output
 * @param errorsCut whether there was more
 */
public record CommandView(
    @Nullable Integer exitCode,
    boolean goesOn,
    String output,
    boolean outputCut,
    String errors,
    boolean errorsCut) {}
