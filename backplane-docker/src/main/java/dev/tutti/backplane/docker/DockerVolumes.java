package dev.tutti.backplane.docker;

import com.github.dockerjava.api.command.InspectVolumeResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import dev.tutti.core.Failure;
import dev.tutti.core.Problem;
import dev.tutti.core.backplane.ObjectName;
import dev.tutti.core.backplane.VolumeFacts;
import dev.tutti.core.backplane.Volumes;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Volumes of an engine that carry our label, named as we call them with the mark of this server.
 */
final class DockerVolumes implements Volumes {

  private final Engine engine;
  private final Marks marks;
  private final VolumeSizes sizes;

  DockerVolumes(Engine engine, Marks marks) {
    this.sizes = new VolumeSizes(engine);
    this.engine = engine;
    this.marks = marks;
  }

  /** An engine gives the one that is there when it is asked to make another of that name. */
  @Override
  public void create(VolumeFacts volume) {
    try {
      var _ =
          engine.call(client ->
              client
                  .createVolumeCmd()
                  .withName(marks.objectName(volume.name()))
                  .withLabels(marks.ofVolume(volume.name(), volume.labels()))
                  .exec());
    } catch (DockerException trouble) {
      throw unavailable("make the volume", volume.name(), trouble);
    }
    if (!find(volume.name()).equals(Optional.of(volume))) {
      throw Taken.by("volume", volume.name());
    }
  }

  @Override
  public List<VolumeFacts> list() {
    try {
      List<InspectVolumeResponse> found =
          engine
              .call(client -> client.listVolumesCmd().withFilter("label", marks.filter()).exec())
              .getVolumes();
      return (found == null ? List.<InspectVolumeResponse>of() : found)
          .stream()
              .flatMap(volume -> facts(volume).stream())
              .sorted(Comparator.comparing(VolumeFacts::name))
              .toList();
    } catch (DockerException trouble) {
      throw new Failure.Unavailable(
          "The Docker Engine could not list volumes: " + Engine.said(trouble), trouble);
    }
  }

  /** Empty when there is none, or one of somebody else. */
  Optional<VolumeFacts> find(ObjectName name) {
    try {
      return facts(engine.call(client -> client.inspectVolumeCmd(marks.objectName(name)).exec()));
    } catch (NotFoundException absent) {
      return Optional.empty();
    } catch (DockerException trouble) {
      throw unavailable("look at the volume", name, trouble);
    }
  }

  private Optional<VolumeFacts> facts(InspectVolumeResponse volume) {
    Map<String, String> labels = volume.getLabels() == null ? Map.of() : volume.getLabels();
    return marks.volume(labels).map(name -> new VolumeFacts(name, marks.asked(labels)));
  }

  @Override
  public long bytes(ObjectName volume) {
    if (find(volume).isEmpty()) {
      throw new Failure.NotFound("volume", volume.value());
    }
    return sizes
        .of(marks.objectName(volume))
        .orElseThrow(() ->
            new Failure.Unavailable(
                "The Docker Engine does not tell how much is in the volume '%s'."
                    .formatted(volume)));
  }

  @Override
  public void remove(ObjectName volume) {
    if (find(volume).isEmpty()) {
      return;
    }
    try {
      engine.call(client -> client.removeVolumeCmd(marks.objectName(volume)).exec());
    } catch (NotFoundException gone) {
      // That is what was asked for.
    } catch (ConflictException used) {
      throw new Failure.Rejected(
          Problem.of(
                  "volume-used",
                  409,
                  "The volume '%s' could not be removed: %s.".formatted(volume, Engine.said(used)))
              .suggesting("Remove the workloads that have it first, also those that ended."));
    } catch (DockerException trouble) {
      throw unavailable("remove the volume", volume, trouble);
    }
  }

  private static Failure.Unavailable unavailable(
      String what, ObjectName name, DockerException trouble) {
    return new Failure.Unavailable(
        "The Docker Engine could not %s '%s': %s".formatted(what, name, Engine.said(trouble)),
        trouble);
  }
}
