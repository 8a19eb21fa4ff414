package dev.tutti.core.surface;

import dev.tutti.core.store.DocumentKind;

/**
 * The document that an endpoint shows or changes.
 *
 * @param parameter of the path, which is the id of the document
 */
public record Subject(DocumentKind<?> kind, String parameter) {}
