/**
 * Makes the project of a model from the configuration that the original generator takes. It writes
 * text: it knows the SDK's API by its templates, and no class of it.
 */
@NullMarked
package dev.tutti.cli.project;

import org.jspecify.annotations.NullMarked;
