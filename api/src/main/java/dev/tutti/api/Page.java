package dev.tutti.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param next cursor for the next page, sent as {@code cursor}; null on the last page. It says
 *     nothing to clients
 */
public record Page<T>(List<T> items, @Nullable String next) {}
