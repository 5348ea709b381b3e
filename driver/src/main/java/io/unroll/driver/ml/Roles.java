package io.unroll.driver.ml;

import java.io.Serializable;
import java.util.List;

/**
 * What the columns of a table have in them. The parameter that names the column of a role is the
 * role and {@code Col}, and its default is the role.
 */
record Roles(List<String> all) implements Serializable {
  private static final long serialVersionUID = 1L;

  Roles {
    all = List.copyOf(all);
  }

  static String parameter(String role) {
    return role + "Col";
  }

  void addTo(StageParams params) {
    all.forEach(role -> params.add(parameter(role), "name of the column with the " + role, role));
  }

  /** The texts that a model is asked about. */
  String first() {
    return all.get(0);
  }

  String column(StageParams params, String role) {
    return params.text(parameter(role));
  }
}
