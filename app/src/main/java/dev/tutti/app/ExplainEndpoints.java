package dev.tutti.app;

import dev.tutti.api.ExplanationView;
import dev.tutti.core.Failure;
import dev.tutti.core.explain.Explainer;
import dev.tutti.core.explain.Explanation;
import dev.tutti.core.explain.Workings;
import dev.tutti.core.surface.Answer;
import dev.tutti.core.surface.Endpoint;
import java.util.List;

/** A route for each kind of thing that can be explained. */
final class ExplainEndpoints {

  private final List<Explainer> explainers;

  ExplainEndpoints(List<Explainer> explainers) {
    this.explainers = List.copyOf(explainers);
  }

  List<Endpoint> endpoints() {
    return explainers.stream().map(ExplainEndpoints::endpoint).toList();
  }

  private static Endpoint endpoint(Explainer explainer) {
    return Endpoint.get(
        "/" + explainer.plural() + "/{id}/explain",
        "Explains why one of the %s is as it is, and what to do.".formatted(explainer.plural()),
        ExplanationView.class,
        request -> Answer.ok(view(explained(explainer, request.path("id")))));
  }

  /** That its own record cannot be read is an explanation as well. */
  private static Explanation explained(Explainer explainer, String id) {
    try {
      return explainer.explain(id);
    } catch (Failure failure) {
      throw failure;
    } catch (RuntimeException unreadable) {
      Explanation.Draft draft = Explanation.of(explainer.kind(), id);
      draft.state("unreadable", null, "Its record cannot be read.");
      Workings.guarded(
          draft,
          () -> {
            throw unreadable;
          });
      return draft.explained();
    }
  }

  private static ExplanationView view(Explanation explanation) {
    Explanation.LastError error = explanation.lastError();
    return new ExplanationView(
        explanation.kind(),
        explanation.id(),
        explanation.state(),
        explanation.since(),
        explanation.summary(),
        explanation.waitingFor().stream()
            .map(w -> new ExplanationView.Wait(w.what(), w.sentence(), w.since(), w.until()))
            .toList(),
        error == null
            ? null
            : new ExplanationView.LastError(
                error.step(), error.workload(), error.exitCode(), error.reason(), error.at()),
        explanation.lastLines(),
        explanation.next().stream()
            .map(n -> new ExplanationView.Upcoming(n.sentence(), n.due()))
            .toList(),
        explanation.commands().stream()
            .map(c ->
                new ExplanationView.Pending(
                    c.command(),
                    c.lane(),
                    c.waiting(),
                    c.since(),
                    c.tries(),
                    c.lastFailure(),
                    c.nextTry()))
            .toList(),
        explanation.history().stream().map(EventEndpoints::view).toList(),
        explanation.advice());
  }
}
