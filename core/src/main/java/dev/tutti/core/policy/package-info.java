/**
 * What nobody may run here, whoever asks: checked before a backplane sees a workload. Uses the
 * words of backplanes, and nothing else of the core.
 */
@NullMarked
package dev.tutti.core.policy;

import org.jspecify.annotations.NullMarked;
