package dev.tutti.sdk;

import java.util.List;

/** A calculation of a service: what it needs, what it gives, and how. */
record Calculation(
    String name, List<Input<?>> inputs, List<Output<?>> outputs, Calculates function) {}
