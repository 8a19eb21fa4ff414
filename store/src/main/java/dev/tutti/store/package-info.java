/**
 * The store: documents, streams, timers, commands and the journal over JDBC, in SQLite. It
 * implements the port of the core and is the only room that writes SQL. It may depend on the core,
 * JDBC and Jackson; no feature sees it.
 */
@NullMarked
package dev.tutti.store;

import org.jspecify.annotations.NullMarked;
