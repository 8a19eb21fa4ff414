package dev.tutti.backplane.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.PullImageCmd;
import com.github.dockerjava.api.exception.BadRequestException;
import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.PullResponseItem;
import com.github.dockerjava.core.NameParser;
import dev.tutti.core.Failure;
import dev.tutti.core.backplane.ExitCodes;
import dev.tutti.core.backplane.StartRefused;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees to it that the engine has an image: it is pulled when it is not there. */
final class PulledImages {

  private static final Logger LOG = LoggerFactory.getLogger(PulledImages.class);
  private static final List<String> FOREIGN =
      List.of("denied", "unauthorized", "no basic auth credentials");
  private static final List<String> UNKNOWN =
      List.of("not found", "manifest unknown", "does not exist");
  private static final long MEGABYTE = 1_000_000;
  private static final Duration TOLD_EVERY = Duration.ofSeconds(10);

  private final Engine engine;
  private final Duration pullWithin;

  PulledImages(Engine engine, Duration pullWithin) {
    this.engine = engine;
    this.pullWithin = pullWithin;
  }

  /**
   * Returns when the image is there.
   *
   * @param progress hears which part of it has come, between 0 and 1
   * @throws StartRefused when no registry knows it
   * @throws Failure.Unavailable when it cannot be had now
   */
  void require(String reference, DoubleConsumer progress) {
    try {
      if (!isThere(reference)) {
        pull(reference, progress);
      }
    } catch (NotFoundException | BadRequestException unknown) {
      throw unknown(reference, unknown);
    } catch (DockerException trouble) {
      // Engines say 500 also for what a registry does not have.
      throw saysUnknown(String.valueOf(trouble.getMessage()))
          ? unknown(reference, trouble)
          : unavailable(reference, trouble);
    }
  }

  private boolean isThere(String reference) {
    try {
      return engine.call(client -> client.inspectImageCmd(reference).exec()).getId() != null;
    } catch (NotFoundException absent) {
      return false;
    }
  }

  private void pull(String reference, DoubleConsumer progress) {
    NameParser.ReposTag name = NameParser.parseRepositoryTag(reference);
    Optional<AuthConfig> credentials = engine.credentials().of(reference);
    LOG.info(
        "Pulling image '{}' {}.",
        reference,
        credentials.isPresent() ? "as " + who(credentials.get()) : "without credentials");
    try (Pull pull = new Pull(reference, progress)) {
      engine.stream(client -> {
        PullImageCmd command =
            client.pullImageCmd(name.repos).withTag(name.tag.isEmpty() ? "latest" : name.tag);
        credentials.ifPresent(command::withAuthConfig);
        return command.exec(pull);
      });
      if (!pull.awaitCompletion(pullWithin.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new Failure.Unavailable(
            "Image '%s' did not come within %s.".formatted(reference, pullWithin));
      }
      pull.check();
      LOG.info("Image '{}' is there.", reference);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new Failure.Unavailable("Interrupted while pulling '%s'.".formatted(reference));
    } catch (java.io.IOException | DockerClientException failed) {
      throw unavailable(reference, failed);
    }
  }

  private static String who(AuthConfig credentials) {
    String user = credentials.getUsername();
    return user == null ? "the bearer of a token" : user;
  }

  private static StartRefused unknown(String reference, Exception why) {
    return new StartRefused(
        ExitCodes.IMAGE_UNKNOWN,
        "the engine has no image '%s' and cannot pull it: %s%s"
            .formatted(reference, firstLine(why), advice(reference, firstLine(why))));
  }

  /** Registries do not tell apart what they do not have and what they do not show. */
  private static String advice(String reference, String told) {
    return FOREIGN.stream().noneMatch(told::contains)
        ? ""
        : ". If it is there, sign in as the user of the server (docker login %s)"
            .formatted(RegistryCredentials.registry(reference));
  }

  private static Failure.Unavailable unavailable(String reference, Exception why) {
    return new Failure.Unavailable(
        "Image '%s' cannot be pulled now: %s".formatted(reference, firstLine(why)), why);
  }

  private static boolean saysUnknown(String told) {
    return Stream.of(UNKNOWN, FOREIGN).flatMap(List::stream).anyMatch(told::contains);
  }

  private static String firstLine(Exception why) {
    return String.valueOf(why.getMessage()).lines().findFirst().orElse("").strip();
  }

  /** One pull, and what the engine tells of it. */
  private static final class Pull extends ResultCallback.Adapter<PullResponseItem> {

    private final String reference;
    private final DoubleConsumer progress;
    private final PullProgress progressed = new PullProgress();
    private long told = System.nanoTime();
    private volatile @Nullable String error;

    Pull(String reference, DoubleConsumer progress) {
      this.reference = reference;
      this.progress = progress;
    }

    @Override
    public void onNext(PullResponseItem item) {
      if (progressed.heard(item)) {
        progress.accept(progressed.fraction());
        tell();
      }
      if (item.getErrorDetail() != null) {
        error = item.getErrorDetail().getMessage();
      }
    }

    private void tell() {
      long now = System.nanoTime();
      if (now - told > TOLD_EVERY.toNanos()) {
        told = now;
        LOG.info(
            "Image '{}': {} of {} MB",
            reference,
            progressed.had() / MEGABYTE,
            progressed.total() / MEGABYTE);
      }
    }

    /** The engine tells of some failures only in the stream of its answer. */
    void check() {
      String said = error;
      if (said == null) {
        return;
      }
      if (saysUnknown(said)) {
        throw new StartRefused(
            ExitCodes.IMAGE_UNKNOWN,
            "no registry gives the image '%s': %s%s"
                .formatted(reference, said, advice(reference, said)));
      }
      throw new Failure.Unavailable(
          "Image '%s' cannot be pulled now: %s".formatted(reference, said));
    }
  }
}
