package dev.tutti.app;

import dev.tutti.api.Page;
import dev.tutti.api.StuckOwnerView;
import dev.tutti.core.run.Engine;
import dev.tutti.core.run.StuckOwners;
import dev.tutti.core.surface.Answer;
import dev.tutti.core.surface.Endpoint;
import dev.tutti.core.surface.Listing;
import dev.tutti.core.surface.Request;
import dev.tutti.core.surface.Requester;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

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
            .paged(StuckOwnerView.class, List.of(Listing.NAME, Listing.SINCE)),
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
    Listing listing = Listing.of(request);
    Predicate<String> name = listing.containing("name");
    Predicate<Instant> since = listing.since();
    return listing.page(
        owners.all().stream().map(OwnerEndpoints::view).toList(),
        StuckOwnerView::owner,
        stuck -> name.test(stuck.owner()) && since.test(stuck.since()),
        Function.identity());
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
    engine.strands().retry(EventFilter.owner(request.path("owner")), Requester.of(request));
    return Answer.noContent();
  }

  private Answer skip(Request request) {
    engine.strands().skip(EventFilter.owner(request.path("owner")), Requester.of(request));
    return Answer.noContent();
  }
}
