package dev.tutti.backplane.docker;

import dev.tutti.core.backplane.ImageFacts;

/**
 * An image that an engine has.
 *
 * @param ours whether it carries our label, so that we may replace and remove it
 */
public record DockerImage(ImageFacts facts, boolean ours) {}
