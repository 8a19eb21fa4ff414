/**
 * The edge towards HTTP: it puts the endpoints that features describe on the web server, checks who
 * calls, and writes problems, events and metrics. It may depend on the core and the API; no type of
 * the server library leaves it.
 */
@NullMarked
package dev.tutti.http;

import org.jspecify.annotations.NullMarked;
