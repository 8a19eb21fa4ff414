package dev.tutti.app;

import dev.tutti.api.ImageDetails;
import dev.tutti.api.ImageRequest;
import dev.tutti.api.ImageView;
import dev.tutti.api.Page;
import dev.tutti.backplane.docker.DockerImage;
import dev.tutti.backplane.docker.DockerImages;
import dev.tutti.core.Failure;
import dev.tutti.core.Problem;
import dev.tutti.core.backplane.ImageFacts;
import dev.tutti.core.backplane.Port;
import dev.tutti.core.surface.Answer;
import dev.tutti.core.surface.Endpoint;
import dev.tutti.core.surface.Listing;
import dev.tutti.core.surface.Request;
import dev.tutti.core.surface.Role;
import java.util.List;
import java.util.function.Predicate;

/** The images of a Docker Engine over REST, where the catalogue is with processes. */
final class EngineImageEndpoints {

  private final DockerImages images;

  EngineImageEndpoints(DockerImages images) {
    this.images = images;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/images", "Lists the engine's images.", Page.class, this::list)
            .paged(ImageView.class, List.of(Listing.NAME)),
        Endpoint.get(
            "/images/{reference}",
            "Shows what the engine knows of an image; nothing is started or pulled.",
            ImageView.class,
            this::show),
        Endpoint.put(
                "/images/{reference}",
                "Refused: on an engine an image is more than a command.",
                ImageRequest.class,
                ImageView.class,
                this::add)
            .only(Role.ADMIN)
            .refusing(409, "images-are-the-engines"),
        Endpoint.delete("/images/{reference}", "Removes an image that Tutti built.", this::remove)
            .only(Role.ADMIN));
  }

  private Answer list(Request request) {
    Listing listing = Listing.of(request);
    Predicate<String> name = listing.containing("name");
    return listing.page(
        images.list(),
        image -> image.facts().reference(),
        image -> name.test(image.facts().reference()),
        EngineImageEndpoints::view);
  }

  private Answer show(Request request) {
    String reference = request.path("reference");
    return Answer.ok(
        view(images.find(reference).orElseThrow(() -> new Failure.NotFound("image", reference))));
  }

  private Answer add(Request request) {
    throw new Failure.Rejected(
        Problem.of(
                "images-are-the-engines",
                409,
                "Workloads are containers here, so '%s' is what the Docker Engine has under that name."
                    .formatted(request.path("reference")))
            .suggesting(
                "Build it with `tutti image build` or docker build, or name one that a registry has."));
  }

  private Answer remove(Request request) {
    String reference = request.path("reference");
    if (images.find(reference).isEmpty()) {
      throw new Failure.NotFound("image", reference);
    }
    images.remove(reference);
    return Answer.noContent();
  }

  private static ImageView view(DockerImage image) {
    ImageFacts facts = image.facts();
    return new ImageView(
        facts.reference(),
        facts.command(),
        facts.folder(),
        facts.environment().hidden(),
        new ImageDetails(
            facts.id(),
            facts.digest(),
            facts.created(),
            facts.bytes(),
            facts.machine(),
            facts.user(),
            facts.entryPoint(),
            facts.ports().stream().map(Port::toString).toList(),
            facts.labels(),
            image.ours()));
  }
}
