package dev.tutti.core;

/**
 * Something that an owner must decide on. Each feature seals its own messages; the core adds {@link
 * dev.tutti.core.run.TimerFired} and {@link dev.tutti.core.workload.WorkloadChanged}.
 */
public interface Message {}
