/**
 * What can be set, declared once per setting: from a declaration come reading (a file of YAML below
 * the environment below flags), its checks, the reference in the documents and the schema. It knows
 * nothing of what the settings are for, and may depend on Jackson alone.
 */
@NullMarked
package dev.tutti.app.settings;

import org.jspecify.annotations.NullMarked;
