package dev.tutti.http;

import dev.tutti.core.backplane.Health;
import java.util.function.Supplier;

/** One part that has to work for the program to be ready, such as the store. */
public record HealthCheck(String name, Supplier<Health> check) {}
