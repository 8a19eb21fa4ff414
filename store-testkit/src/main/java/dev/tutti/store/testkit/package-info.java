/**
 * What every store must keep: the contract suite, and a store in memory that passes it. It may
 * depend on the core and on the test libraries; only tests depend on it.
 */
@NullMarked
package dev.tutti.store.testkit;

import org.jspecify.annotations.NullMarked;
