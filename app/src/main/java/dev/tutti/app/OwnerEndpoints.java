package dev.tutti.app;

import dev.tutti.api.Page;
import dev.tutti.api.StuckOwnerView;
import dev.tutti.core.run.Engine;
import dev.tutti.core.run.StuckOwners;
import dev.tutti.core.surface.Answer;
import dev.tutti.core.surface.Endpoint;
import dev.tutti.core.surface.Request;
import dev.tutti.core.surface.Requester;
import java.util.List;

/** The routes of owners in quarantine, whatever feature they belong to. */
final class OwnerEndpoints {

  private final Engine engine;
  private final StuckOwners owners;

  OwnerEndpoints(Engine engine) {
    this.engine = engine;
    this.owners = new StuckOwners(engine);
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/owners", "Lists owners in quarantine.", Page.class, this::list)
            .listing(StuckOwnerView.class),
        Endpoint.post(
                "/owners/{owner}/retry",
                "Lets an owner in quarantine decide on the message that failed again.",
                Void.class,
                Void.class,
                this::retry)
            .refusing(400, "invalid-query")
            .refusing(409, "not-stuck"),
        Endpoint.post(
                "/owners/{owner}/skip",
                "Lets an owner in quarantine go on without the message that failed.",
                Void.class,
                Void.class,
                this::skip)
            .refusing(400, "invalid-query")
            .refusing(409, "not-stuck"));
  }

  private Answer list(Request request) {
    return Answer.ok(new Page<>(owners.all().stream().map(OwnerEndpoints::view).toList(), null));
  }

  private static StuckOwnerView view(StuckOwners.StuckOwner owner) {
    return new StuckOwnerView(
        owner.stuck().owner().toString(),
        owner.stuck().message(),
        owner.stuck().reason(),
        owner.stuck().since(),
        owner.waiting());
  }

  private Answer retry(Request request) {
    engine.strands().retry(CoreEndpoints.owner(request.path("owner")), Requester.of(request));
    return Answer.noContent();
  }

  private Answer skip(Request request) {
    engine.strands().skip(CoreEndpoints.owner(request.path("owner")), Requester.of(request));
    return Answer.noContent();
  }
}
