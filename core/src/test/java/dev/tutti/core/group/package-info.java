@org.jspecify.annotations.NullMarked
package dev.tutti.core.group;
