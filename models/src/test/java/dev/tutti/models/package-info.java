@NullMarked
package dev.tutti.models;

import org.jspecify.annotations.NullMarked;
