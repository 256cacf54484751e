package io.jenkins.plugins.awscicd.rehearsal.declarative;

import groovy.lang.Closure;
import io.jenkins.plugins.awscicd.rehearsal.delivery.StepFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The axes of a {@code matrix} block and what is excluded: what its cells are. */
final class Matrix {

    /** Values of an axis, or in an exclude all values but these. */
    private record Axis(String name, List<String> values, boolean others) {

        boolean matches(Map<String, String> cell) {
            return cell.containsKey(name) && values.contains(cell.get(name)) != others;
        }
    }

    private final Scope scope;
    private final List<Axis> axes = new ArrayList<>();
    private final List<List<Axis>> excludes = new ArrayList<>();

    Matrix(Scope scope) {
        this.scope = scope;
    }

    void axes(Closure<?> closure) {
        read("axes", closure, axes);
    }

    void excludes(Closure<?> closure) {
        new Block("excludes", scope)
                .onBlock("exclude", it -> {
                    List<Axis> all = new ArrayList<>();
                    read("exclude", it, all);
                    excludes.add(all);
                })
                .read(closure);
    }

    private void read(String block, Closure<?> closure, List<Axis> into) {
        new Block(block, scope).onBlock("axis", it -> into.add(axis(it))).read(closure);
    }

    private Axis axis(Closure<?> closure) {
        String[] name = new String[1];
        List<String> values = new ArrayList<>();
        boolean[] others = new boolean[1];
        new Block("axis", scope)
                .on("name", List.of("name"), call -> name[0] = call.required("name"))
                .onValues("values", values::addAll)
                .onValues("notValues", all -> {
                    others[0] = true;
                    values.addAll(all);
                })
                .read(closure);
        if (name[0] == null || values.isEmpty()) {
            throw new StepFailure("An axis of a matrix must have a name and values");
        }
        return new Axis(name[0], List.copyOf(values), others[0]);
    }

    /** The values of each cell by the names of the axes, in the order in which Jenkins has them. */
    List<Map<String, String>> cells() {
        if (axes.isEmpty()) {
            throw new StepFailure("A matrix must have axes");
        }
        List<Map<String, String>> cells = List.of(Map.of());
        for (Axis axis : axes) {
            List<Map<String, String>> more = new ArrayList<>();
            for (Map<String, String> cell : cells) {
                for (String value : axis.values()) {
                    Map<String, String> next = new LinkedHashMap<>(cell);
                    next.put(axis.name(), value);
                    more.add(next);
                }
            }
            cells = more;
        }
        return cells.stream()
                .filter(cell -> excludes.stream().noneMatch(all -> all.stream().allMatch(it -> it.matches(cell))))
                .toList();
    }

    /** As Jenkins calls a cell. */
    static String name(Map<String, String> cell) {
        return cell.entrySet().stream()
                .map(it -> it.getKey() + " = '" + it.getValue() + "'")
                .collect(Collectors.joining(", ", "Matrix - ", ""));
    }
}
