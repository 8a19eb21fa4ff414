package dev.tutti.dots;

/** A message of the DOTS protocol, as its payload says it; who and what about is in the topic. */
public sealed interface DotsMessage permits LifecycleMessage, HealthMessage {

  /**
   * The payload. A message whose fields have their defaults is zero bytes, such as {@code
   * ModelHasTerminated{SUCCESSFULL,0}}. Halves of characters, which UTF-8 cannot say, become
   * U+FFFD.
   */
  default byte[] encode() {
    return switch (this) {
      case LifecycleMessage lifecycle -> LifecycleForms.toWire(lifecycle).toByteArray();
      case HealthMessage health -> HealthForms.toWire(health).toByteArray();
    };
  }
}
