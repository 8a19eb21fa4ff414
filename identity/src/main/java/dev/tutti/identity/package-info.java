/**
 * Who may do what: users, tokens, sign-in, and the trail of what everybody did. It may depend on
 * the core and on the records of the API; the library that hashes passwords stays inside.
 */
@NullMarked
package dev.tutti.identity;

import org.jspecify.annotations.NullMarked;
