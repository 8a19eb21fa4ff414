package dev.tutti.app;

import dev.tutti.api.ImageRequest;
import dev.tutti.api.ImageView;
import dev.tutti.api.Page;
import dev.tutti.core.Failure;
import dev.tutti.core.backplane.Image;
import dev.tutti.core.surface.Answer;
import dev.tutti.core.surface.Endpoint;
import dev.tutti.core.surface.Listing;
import dev.tutti.core.surface.Request;
import dev.tutti.core.surface.Role;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The catalogue over REST: which command an image reference means. */
final class CatalogueEndpoints {

  private final Images images;

  CatalogueEndpoints(Images images) {
    this.images = images;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/images", "Lists the catalogue.", Page.class, this::list)
            .paged(ImageView.class, List.of(Listing.NAME)),
        Endpoint.get(
                "/images/{reference}",
                "Shows what an image reference means.",
                ImageView.class,
                this::show)
            .about(Image.KIND, "reference"),
        Endpoint.put(
                "/images/{reference}",
                "Says what an image reference means.",
                ImageRequest.class,
                ImageView.class,
                this::add)
            .only(Role.ADMIN)
            .about(Image.KIND, "reference")
            .refusing(400, "invalid-image")
            .refusing(409, "changed-meanwhile"),
        Endpoint.delete("/images/{reference}", "Removes an image reference.", this::remove)
            .only(Role.ADMIN)
            .about(Image.KIND, "reference")
            .refusing(409, "changed-meanwhile"));
  }

  private Answer list(Request request) {
    Listing listing = Listing.of(request);
    Predicate<String> name = listing.containing("name");
    return listing.page(
        images.all(),
        Image::reference,
        image -> name.test(image.reference()),
        CatalogueEndpoints::view);
  }

  private Answer show(Request request) {
    String reference = request.path("reference");
    return Answer.ok(
        view(images.find(reference).orElseThrow(() -> new Failure.NotFound("image", reference))));
  }

  private Answer add(Request request) {
    ImageRequest asked = request.body(ImageRequest.class);
    String reference = request.path("reference");
    Image image =
        new Image(
            reference,
            asked.command(),
            Optional.ofNullable(asked.workingDirectory()).orElse(""),
            images.variables(reference, Optional.ofNullable(asked.environment()).orElse(Map.of())));
    images.add(image);
    return Answer.ok(view(image));
  }

  private Answer remove(Request request) {
    images.remove(request.path("reference"));
    return Answer.noContent();
  }

  private static ImageView view(Image image) {
    return new ImageView(
        image.reference(),
        image.command(),
        image.workingDirectory(),
        image.environment().hidden(),
        null);
  }
}
