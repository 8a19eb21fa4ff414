package dev.tutti.models;

import dev.tutti.core.backplane.Backplane;
import dev.tutti.core.bus.Bus;
import dev.tutti.core.doctor.Check;
import dev.tutti.core.explain.Explainer;
import dev.tutti.core.feature.Feature;
import dev.tutti.core.run.Engine;
import dev.tutti.core.store.Blobs;
import dev.tutti.core.surface.Endpoint;
import dev.tutti.core.workload.WorkloadLogs;
import java.util.List;

/** The model services orchestrator as a part of a server. */
public final class Models implements Feature {

  private final Deployments deployments;
  private final List<Endpoint> endpoints;
  private final List<Explainer> explainers;
  private final List<Check> checks;

  /** Around deployments that are registered. */
  public Models(Deployments deployments, Engine engine, Blobs blobs, Bus bus, Backplane backplane) {
    this.deployments = deployments;
    this.endpoints =
        new DeploymentEndpoints(
                deployments, engine.store(), new WorkloadLogs(engine.store(), backplane))
            .endpoints();
    this.explainers =
        List.of(
            new ModelExplainer(engine, bus, backplane, deployments),
            new DeploymentExplainer(engine, bus, backplane, deployments));
    this.checks = List.of(new ReferencesCheck(engine.store(), blobs));
  }

  @Override
  public void resume() {
    deployments.resume();
  }

  @Override
  public List<Endpoint> endpoints() {
    return endpoints;
  }

  @Override
  public List<Explainer> explainers() {
    return explainers;
  }

  @Override
  public List<Check> checks() {
    return checks;
  }
}
