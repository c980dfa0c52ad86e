package io.osspost.emulator.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A column of ali-oss: a script runs all rows at once, and each check reads the report of its row.
 */
abstract class AliOss implements Client {
  /** The script's report of a row; empty means success. */
  record Report(String row, String message) {}

  private final String title;
  private final Set<Row> rows;
  private Map<String, Report> reports = Map.of();

  AliOss(String title, Row... lacking) {
    this.title = title;
    this.rows = EnumSet.allOf(Row.class);
    rows.removeAll(List.of(Row.CHUNKED));
    rows.removeAll(Arrays.asList(lacking));
  }

  /** Runs the rows, and returns a report of each. */
  abstract List<Report> run(List<String> names) throws Exception;

  @Override
  public final String title() {
    return title;
  }

  @Override
  public final Map<Row, Check> checks() {
    Map<Row, Check> checks = new EnumMap<>(Row.class);
    rows.forEach(row -> checks.put(row, () -> check(row)));
    return checks;
  }

  private void check(Row row) throws Exception {
    if (reports.isEmpty()) {
      Map<String, Report> found = new java.util.HashMap<>();
      run(rows.stream().map(Row::name).toList()).forEach(report -> found.put(report.row(), report));
      reports = found;
    }
    assertThat(reports).containsKey(row.name());
    String message = reports.get(row.name()).message();
    if (!message.isEmpty()) {
      throw new AssertionError(message);
    }
  }
}
