/**
 * The description of our own API: an OpenAPI 3.1 document made from the endpoints, and a page to
 * read and try it.
 */
@NullMarked
package dev.tutti.http.openapi;

import org.jspecify.annotations.NullMarked;
