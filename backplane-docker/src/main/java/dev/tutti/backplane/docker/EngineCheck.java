package dev.tutti.backplane.docker;

import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Info;
import com.github.dockerjava.api.model.Version;
import dev.tutti.core.Failure;
import dev.tutti.core.doctor.Check;
import dev.tutti.core.doctor.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Which engine it is, and whether it offers what containers of ours use. */
final class EngineCheck implements Check {

  /** With these a container costs no copy of its image. */
  private static final Set<String> SHARING = Set.of("overlay2", "overlayfs", "btrfs", "zfs");

  private final Engine engine;

  EngineCheck(Engine engine) {
    this.engine = engine;
  }

  @Override
  public String name() {
    return "docker-engine";
  }

  @Override
  public List<Finding> look(boolean deep) {
    try {
      return look(
          engine.call(client -> client.versionCmd().exec()),
          engine.call(client -> client.infoCmd().exec()));
    } catch (Failure.Unavailable silent) {
      return List.of(
          Finding.error(
              this, silent.problem().detail(), "Start it; containers that run go on meanwhile."));
    } catch (DockerException trouble) {
      return List.of(
          Finding.error(
              this,
              "The Docker Engine at %s is in trouble: %s"
                  .formatted(engine.host(), Engine.said(trouble)),
              "Look at its log."));
    }
  }

  private List<Finding> look(Version version, Info info) {
    List<Finding> findings = new ArrayList<>();
    findings.add(
        Finding.ok(
            this,
            "Docker Engine %s, API %s, cgroup v%s (%s), storage %s, at %s."
                .formatted(
                    version.getVersion(),
                    version.getApiVersion(),
                    info.getCGroupVersion() == null ? "1" : info.getCGroupVersion(),
                    info.getCGroupDriver(),
                    info.getDriver(),
                    engine.host())));
    if (!SHARING.contains(String.valueOf(info.getDriver()))) {
      findings.add(
          Finding.warning(
              this,
              "The engine's storage '%s' copies the image for every container."
                  .formatted(info.getDriver()),
              "Put its data on a file system for which it uses overlay2."));
    }
    if (Boolean.FALSE.equals(info.getMemoryLimit())) {
      findings.add(
          Finding.warning(
              this,
              "The engine cannot limit the memory of containers.",
              "Boot the kernel with the memory cgroup enabled."));
    }
    return findings;
  }
}
