package dev.tutti.cli;

import dev.tutti.api.ClientFailure;
import dev.tutti.api.FindingView;
import dev.tutti.api.TuttiClient;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tutti doctor}: what is wrong here, and what to do about it. */
@Command(
    name = "doctor",
    description = {
      "Says what is wrong with the server and its machine, and what to do.",
      "It checks the API, broker, store, backplane, limits, clock, versions, and what is left over;",
      "without a server it checks what can be seen from here. Exits with 1 when it finds an error."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tutti doctor",
      "  tutti doctor --deep          also reads the whole store and compares all records",
      "  tutti doctor -o json | jq '.findings[] | select(.level != \"ok\")'"
    })
final class DoctorCommand extends ClientCommand {
  @Option(
      names = "--deep",
      description = "Read everything: database, blobs, references, workloads. May take minutes.")
  private boolean deep;

  @Mixin private final OutputOption output = new OutputOption();

  DoctorCommand(TuttiCommand tutti) {
    super(tutti);
  }

  @Override
  protected int run(TuttiClient client) {
    ClientChecks here = new ClientChecks(around(), dataFolder(), client.server());
    List<Tree> findings = new ArrayList<>();
    try {
      Tree answer = client.doctor(deep, Tree.class);
      findings.add(tree(here.reached()));
      findings.addAll(answer.get("findings").items());
    } catch (ClientFailure failure) {
      findings.add(tree(here.failed(failure)));
      here.withoutServer().forEach(finding -> findings.add(tree(finding)));
    }
    show(findings);
    return count(findings, "error") == 0 ? ExitStatus.OK : ExitStatus.FAILED;
  }

  private void show(List<Tree> findings) {
    if (output.structured()) {
      Map<String, Tree> members = new LinkedHashMap<>();
      members.put("deep", new Tree.Word(deep));
      members.put("findings", new Tree.Items(findings));
      print(output.text(json(), new Tree.Fields(members)));
      return;
    }
    for (Tree finding : findings) {
      String level = finding.text("level");
      String word = "%-7s".formatted(Printable.line(level));
      print(
          "%s  %-13s  %s"
              .formatted(
                  around().coloured() ? Paint.ofState(level).on(word) : word,
                  Printable.line(finding.text("check")),
                  Printable.line(finding.text("sentence"))));
      if (!finding.text("advice").isEmpty()) {
        print(" ".repeat(24) + "-> " + Printable.line(finding.text("advice")));
      }
    }
    print("");
    print(
        "%s, %s, %d well."
            .formatted(
                Views.count(count(findings, "error"), "error"),
                Views.count(count(findings, "warning"), "warning"),
                count(findings, "ok")));
  }

  private static int count(List<Tree> findings, String level) {
    return (int) findings.stream().filter(f -> f.text("level").equals(level)).count();
  }

  private static Tree tree(FindingView finding) {
    Map<String, Tree> members = new LinkedHashMap<>();
    members.put("check", new Tree.Text(finding.check()));
    members.put("level", new Tree.Text(finding.level()));
    members.put("sentence", new Tree.Text(finding.sentence()));
    members.put("advice", new Tree.Text(finding.advice()));
    return new Tree.Fields(members);
  }
}
