/**
 * What every store must keep: the contract suite, a store in memory that passes it, and a small
 * disk to fill. It may depend on the core and on the test libraries; only tests depend on it.
 */
@NullMarked
package dev.tutti.store.testkit;

import org.jspecify.annotations.NullMarked;
