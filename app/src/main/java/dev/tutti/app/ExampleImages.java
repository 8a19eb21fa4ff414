package dev.tutti.app;

import dev.tutti.backplane.docker.DockerImage;
import dev.tutti.backplane.docker.DockerImages;
import dev.tutti.backplane.docker.JavaImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the images of the examples known to a backplane: entries of the catalogue, or built. */
final class ExampleImages {

  private final Images catalogue;
  private final Optional<DockerImages> engine;
  private final List<String> built = new ArrayList<>();

  ExampleImages(Images catalogue, Optional<DockerImages> engine) {
    this.catalogue = catalogue;
    this.engine = engine;
  }

  /**
   * Those of one example. An image of somebody else that has the name of one is used as it is.
   *
   * @param environment variables that each of them gets
   */
  void provide(String example, Map<String, String> environment) throws InterruptedException {
    Path folder = Examples.folder(example);
    if (engine.isEmpty()) {
      Examples.images(folder, environment).forEach(catalogue::add);
      return;
    }
    for (JavaImage image : Examples.javaImages(folder, environment)) {
      Optional<DockerImage> there = engine.get().find(image.reference());
      if (there.isEmpty() || there.get().ours()) {
        engine.get().build(image);
        if (there.isEmpty()) {
          built.add(image.reference());
        }
      }
    }
  }

  /** Removes what was not there before. */
  void clear() {
    engine.ifPresent(images -> built.forEach(images::remove));
    built.clear();
  }
}
