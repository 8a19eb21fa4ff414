package dev.tutti.core.explain;

/** Explains things of one kind. Features register one for each kind of thing that they have. */
public interface Explainer {

  /** The kind as explanations name it: {@code model}. */
  String kind();

  /** The kind as routes name it: {@code models}. */
  String plural();

  /**
   * Explains one of them, as it is now.
   *
   * @throws dev.tutti.core.Failure.NotFound when there is no such thing
   */
  Explanation explain(String id);
}
