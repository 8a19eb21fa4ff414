package dev.tutti.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A command to run in a workload.
 *
 * @param command program and arguments; never given to a shell
 * @param timeoutSeconds how long it may take; 30 when it is left out
 */
public record CommandRequest(List<String> command, @Nullable Integer timeoutSeconds) {}
