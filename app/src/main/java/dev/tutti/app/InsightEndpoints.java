package dev.tutti.app;

import dev.tutti.core.backplane.Backplane;
import dev.tutti.core.bus.Bus;
import dev.tutti.core.doctor.Check;
import dev.tutti.core.doctor.ClockCheck;
import dev.tutti.core.doctor.Doctor;
import dev.tutti.core.doctor.LanesCheck;
import dev.tutti.core.doctor.OrphansCheck;
import dev.tutti.core.doctor.StuckOwnersCheck;
import dev.tutti.core.doctor.WorkloadsCheck;
import dev.tutti.core.explain.Explainer;
import dev.tutti.core.explain.WorkloadExplainer;
import dev.tutti.core.feature.Feature;
import dev.tutti.core.run.Engine;
import dev.tutti.core.store.Blobs;
import dev.tutti.core.surface.Endpoint;
import dev.tutti.core.workload.Orphans;
import dev.tutti.http.Tls;
import dev.tutti.models.Deployments;
import dev.tutti.store.BlobsCheck;
import dev.tutti.store.DataFolder;
import dev.tutti.store.DatabaseCheck;
import dev.tutti.store.SqliteStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where a person asks why: explanations, owners in quarantine, orphans, checks. */
final class InsightEndpoints {

  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Duration TRIED_LONG = Duration.ofSeconds(30);
  private static final Duration DEEP_PATIENCE = Duration.ofMinutes(10);

  private final Parts parts;

  /** What is looked at. */
  record Parts(
      Configuration configuration,
      String version,
      DataFolder folder,
      SqliteStore store,
      Blobs blobs,
      Engine engine,
      Backplane backplane,
      List<Check> ofBackplane,
      MessageBroker broker,
      Bus bus,
      List<Feature> features,
      Orphans orphans,
      Optional<Tls> tls) {}

  InsightEndpoints(Parts parts) {
    this.parts = parts;
  }

  List<Endpoint> endpoints() {
    List<Endpoint> endpoints = new ArrayList<>();
    Engine engine = parts.engine();
    Backplane backplane = parts.backplane();
    List<Explainer> explainers = new ArrayList<>();
    parts.features().forEach(feature -> explainers.addAll(feature.explainers()));
    explainers.add(new WorkloadExplainer(engine, backplane));
    endpoints.addAll(new ExplainEndpoints(explainers).endpoints());
    endpoints.addAll(new OwnerEndpoints(engine).endpoints());
    endpoints.addAll(
        new OrphanEndpoints(parts.orphans(), backplane.name(), parts.configuration().stopGrace())
            .endpoints());
    endpoints.add(new DoctorEndpoint(new Doctor(checks(), PATIENCE, DEEP_PATIENCE)).endpoint());
    return endpoints;
  }

  private List<Check> checks() {
    Engine engine = parts.engine();
    Path folder = parts.folder().path();
    List<Check> checks = new ArrayList<>();
    checks.addAll(
        List.of(
            new ConfigurationCheck(parts.configuration()),
            new CertificateCheck(parts.tls(), engine.clock()),
            new VersionsCheck(parts.version()),
            ServiceManagerCheck.ofProcess(),
            new DataFolderCheck(folder, engine.clock()),
            new DiskCheck(folder),
            new MemoryCheck(Path.of("/proc/meminfo")),
            new ProcessLimitsCheck(Path.of("/proc/self"), parts.configuration().workloadsLimit()),
            new ClockCheck(engine),
            new DatabaseCheck(parts.store(), parts.folder()),
            new BlobsCheck(parts.blobs()),
            new BrokerCheck(parts.broker(), parts.bus())));
    checks.addAll(parts.ofBackplane());
    checks.addAll(
        List.of(
            new StuckOwnersCheck(engine),
            new OrphansCheck(parts.orphans()),
            new LanesCheck(engine, TRIED_LONG, Set.of(Deployments.ADMISSION_LANE)),
            new WorkloadsCheck(engine, parts.backplane())));
    parts.features().forEach(feature -> checks.addAll(feature.checks()));
    return checks;
  }
}
