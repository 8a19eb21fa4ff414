package dev.tutti.api;

/** What runs. */
public record VersionView(String version, String java, String backplane) {}
