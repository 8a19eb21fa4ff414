@NullMarked
package dev.tutti.cli.project;

import org.jspecify.annotations.NullMarked;
