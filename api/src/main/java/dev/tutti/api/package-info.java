/**
 * The words of the REST API: requests, responses and problems as records, and the client that
 * speaks them. It may depend on the JDK and on the Jackson annotations.
 */
@NullMarked
package dev.tutti.api;

import org.jspecify.annotations.NullMarked;
