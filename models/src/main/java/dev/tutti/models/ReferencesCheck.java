package dev.tutti.models;

import dev.tutti.core.doctor.Check;
import dev.tutti.core.doctor.Finding;
import dev.tutti.core.store.Blobs;
import dev.tutti.core.store.DocumentKind;
import dev.tutti.core.store.Query;
import dev.tutti.core.store.Store;
import dev.tutti.core.store.UnreadableDocument;
import dev.tutti.core.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/** Deep: whether models name deployments and workloads that are there, and deployments blobs. */
public final class ReferencesCheck implements Check {

  private static final int NAMED = 10;
  private static final String RESTORE =
      "Records were lost: keep a copy of the data folder, restore a backup, or stop and deploy again.";

  private final Store store;
  private final Blobs blobs;

  public ReferencesCheck(Store store, Blobs blobs) {
    this.store = store;
    this.blobs = blobs;
  }

  @Override
  public String name() {
    return "references";
  }

  @Override
  public List<Finding> look(boolean deep) {
    if (!deep) {
      return List.of(Finding.ok(this, "References between records are followed with --deep."));
    }
    List<Finding> wrong = new ArrayList<>();
    long models = each(Model.KIND, this::ofModel, wrong);
    long deployments = each(Deployment.KIND, this::ofDeployment, wrong);
    return wrong.isEmpty()
        ? List.of(
            Finding.ok(
                this,
                "All references of %d deployments and %d models lead somewhere."
                    .formatted(deployments, models)))
        : List.copyOf(wrong.subList(0, Math.min(NAMED, wrong.size())));
  }

  /** What is missing may have been there when the document was read: it is read again then. */
  private <T extends Record> long each(
      DocumentKind<T> kind, Function<T, Optional<Finding>> look, List<Finding> wrong) {
    LongAdder read = new LongAdder();
    List<UnreadableDocument> unreadable =
        store.each(
            kind,
            Query.all(),
            document -> {
              read.increment();
              look.apply(document.body())
                  .filter(_ -> store.find(kind, document.id()).equals(Optional.of(document)))
                  .ifPresent(wrong::add);
            });
    unreadable.forEach(
        damaged -> wrong.add(Finding.error(this, damaged.getMessage() + ".", RESTORE)));
    return read.sum();
  }

  private Optional<Finding> ofModel(Model model) {
    if (store.find(Deployment.KIND, model.deployment()).isEmpty()) {
      return Optional.of(
          missing("Model %s".formatted(model.id()), "deployment " + model.deployment()));
    }
    // One that was refused has never had a workload.
    boolean had = model.state() == ModelState.CREATED || model.state() == ModelState.RUNNING;
    return had && store.find(Workload.KIND, model.workload()).isEmpty()
        ? Optional.of(missing("Model %s".formatted(model.id()), "workload " + model.workload()))
        : Optional.empty();
  }

  private Optional<Finding> ofDeployment(Deployment deployment) {
    if (deployment.state().alive()
        && !deployment.blob().isEmpty()
        && !blobs.list().contains(deployment.blob())) {
      return Optional.of(
          missing("Deployment %s".formatted(deployment.id()), "request " + deployment.blob()));
    }
    return Optional.empty();
  }

  private Finding missing(String what, String names) {
    return Finding.error(
        this, "%s names the %s, which is not there.".formatted(what, names), RESTORE);
  }
}
