package dev.tutti.backplane.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.BadRequestException;
import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.PullResponseItem;
import com.github.dockerjava.core.NameParser;
import dev.tutti.core.Failure;
import dev.tutti.core.backplane.ExitCodes;
import dev.tutti.core.backplane.StartRefused;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/** Sees to it that the engine has an image: it is pulled when it is not there. */
final class PulledImages {

  private static final List<String> UNKNOWN =
      List.of("not found", "manifest unknown", "does not exist", "denied");

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
    try (Pull pull = new Pull(progress)) {
      engine.stream(client ->
          client
              .pullImageCmd(name.repos)
              .withTag(name.tag.isEmpty() ? "latest" : name.tag)
              .exec(pull));
      if (!pull.awaitCompletion(pullWithin.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new Failure.Unavailable(
            "Image '%s' did not come within %s.".formatted(reference, pullWithin));
      }
      pull.check(reference);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new Failure.Unavailable("Interrupted while pulling '%s'.".formatted(reference));
    } catch (java.io.IOException | DockerClientException failed) {
      throw unavailable(reference, failed);
    }
  }

  private static StartRefused unknown(String reference, Exception why) {
    return new StartRefused(
        ExitCodes.IMAGE_UNKNOWN,
        "the engine has no image '%s' and cannot pull it: %s".formatted(reference, firstLine(why)));
  }

  private static Failure.Unavailable unavailable(String reference, Exception why) {
    return new Failure.Unavailable(
        "Image '%s' cannot be pulled now: %s".formatted(reference, firstLine(why)), why);
  }

  private static boolean saysUnknown(String told) {
    return UNKNOWN.stream().anyMatch(told::contains);
  }

  private static String firstLine(Exception why) {
    return String.valueOf(why.getMessage()).lines().findFirst().orElse("").strip();
  }

  /** One pull, and what the engine tells of it. */
  private static final class Pull extends ResultCallback.Adapter<PullResponseItem> {

    private final DoubleConsumer progress;
    private volatile @Nullable String error;

    Pull(DoubleConsumer progress) {
      this.progress = progress;
    }

    @Override
    public void onNext(PullResponseItem item) {
      var detail = item.getProgressDetail();
      if (detail != null
          && detail.getCurrent() != null
          && detail.getTotal() != null
          && detail.getTotal() > 0) {
        progress.accept((double) detail.getCurrent() / detail.getTotal());
      }
      if (item.getErrorDetail() != null) {
        error = item.getErrorDetail().getMessage();
      }
    }

    /** The engine tells of some failures only in the stream of its answer. */
    void check(String reference) {
      String told = error;
      if (told == null) {
        return;
      }
      if (saysUnknown(told)) {
        throw new StartRefused(
            ExitCodes.IMAGE_UNKNOWN,
            "no registry gives the image '%s': %s".formatted(reference, told));
      }
      throw new Failure.Unavailable(
          "Image '%s' cannot be pulled now: %s".formatted(reference, told));
    }
  }
}
