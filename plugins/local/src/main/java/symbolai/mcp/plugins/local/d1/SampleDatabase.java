package symbolai.mcp.plugins.local.d1;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import symbolai.mcp.api.SqliteStatement;

/** The statements that make the sample database: a small trading house, the same to the last row every time. */
final class SampleDatabase {

    static final String NAME = "northwind-mini";

    private static final int CUSTOMERS = 90;
    private static final int EMPLOYEES = 12;
    private static final int SUPPLIERS = 24;
    private static final int PRODUCTS = 72;
    private static final int ORDERS = 520;
    private static final LocalDate FIRST_DAY = LocalDate.of(2024, 1, 2);

    private static final int MOST_PARAMETERS = 100;

    private final Map<String, List<List<@Nullable Object>>> rows = new LinkedHashMap<>();
    private final Random random = new Random(20_240_102);
    private final int[] prices = new int[PRODUCTS + 1];

    /** The schema and about two thousand rows. */
    List<SqliteStatement> statements() {
        regions();
        categories();
        suppliers();
        products();
        employees();
        customers();
        orders();
        var statements = new ArrayList<SqliteStatement>();
        SampleWords.SCHEMA.forEach(sql -> statements.add(SqliteStatement.of(sql)));
        rows.forEach((into, values) -> statements.addAll(inserts(into, values)));
        return List.copyOf(statements);
    }

    private void regions() {
        for (var index = 0; index < SampleWords.REGIONS.size(); index++) {
            insert("regions (id, name)", index + 1, SampleWords.REGIONS.get(index));
        }
    }

    private void categories() {
        for (var index = 0; index < SampleWords.CATEGORIES.size(); index++) {
            var category = SampleWords.CATEGORIES.get(index);
            insert("categories (id, name, description)", index + 1, category, category + " for daily use");
        }
    }

    private void suppliers() {
        for (var id = 1; id <= SUPPLIERS; id++) {
            var city = any(SampleWords.CITIES);
            var name = any(SampleWords.ADJECTIVES) + " " + any(SampleWords.TRADES) + " " + city;
            insert("suppliers (id, name, city, region_id)", id, name, city, anyId(SampleWords.REGIONS.size()));
        }
    }

    private void products() {
        for (var id = 1; id <= PRODUCTS; id++) {
            var category = 1 + (id - 1) % SampleWords.CATEGORIES.size();
            var name = SampleWords.ADJECTIVES.get((id - 1) / SampleWords.CATEGORIES.size()) + " "
                    + SampleWords.CATEGORIES.get(category - 1);
            prices[id] = 150 + 50 * random.nextInt(200);
            insert(
                    "products (id, name, category_id, supplier_id, unit_price_cents, units_in_stock, discontinued)",
                    id,
                    name,
                    category,
                    anyId(SUPPLIERS),
                    prices[id],
                    random.nextInt(300),
                    id % 17 == 0);
        }
    }

    private void employees() {
        for (var id = 1; id <= EMPLOYEES; id++) {
            insert(
                    "employees (id, name, title, hired_on, manager_id)",
                    id,
                    person(),
                    id == 1 ? "Head of sales" : "Sales representative",
                    FIRST_DAY.minusDays(200L + random.nextInt(3000)).toString(),
                    id == 1 ? null : 1 + (id - 2) / 4);
        }
    }

    private void customers() {
        for (var id = 1; id <= CUSTOMERS; id++) {
            var name = person();
            var mail = name.toLowerCase(Locale.ROOT).replace(' ', '.') + id + "@example.com";
            insert(
                    "customers (id, name, email, city, region_id, joined_on)",
                    id,
                    name,
                    mail,
                    any(SampleWords.CITIES),
                    anyId(SampleWords.REGIONS.size()),
                    FIRST_DAY.minusDays(random.nextInt(900)).toString());
        }
    }

    private void orders() {
        for (var id = 1; id <= ORDERS; id++) {
            var ordered = FIRST_DAY.plusDays(id + random.nextInt(5));
            var open = id > ORDERS - 15;
            insert(
                    "orders (id, customer_id, employee_id, ordered_on, shipped_on, status)",
                    id,
                    anyId(CUSTOMERS),
                    anyId(EMPLOYEES),
                    ordered.toString(),
                    open ? null : ordered.plusDays(1L + random.nextInt(9)).toString(),
                    open ? "open" : any(SampleWords.OUTCOMES));
            orderLines(id);
        }
    }

    private void orderLines(int order) {
        var first = random.nextInt(PRODUCTS);
        var lines = 1 + random.nextInt(4);
        for (var line = 0; line < lines; line++) {
            var product = 1 + (first + line * 7) % PRODUCTS;
            insert(
                    "order_lines (order_id, product_id, quantity, unit_price_cents, discount)",
                    order,
                    product,
                    1 + random.nextInt(24),
                    prices[product],
                    random.nextInt(5) == 0 ? 0.1 : 0.0);
        }
    }

    private void insert(String into, @Nullable Object... values) {
        rows.computeIfAbsent(into, first -> new ArrayList<>()).add(Arrays.asList(values));
    }

    /** As many rows in one statement as D1's parameters allow: a start is waiting for this. */
    private static List<SqliteStatement> inserts(String into, List<List<@Nullable Object>> rows) {
        var columns = rows.get(0).size();
        var together = MOST_PARAMETERS / columns;
        var row = "(" + "?, ".repeat(columns - 1) + "?)";
        var statements = new ArrayList<SqliteStatement>();
        for (var from = 0; from < rows.size(); from += together) {
            var some = rows.subList(from, Math.min(rows.size(), from + together));
            var values = new ArrayList<@Nullable Object>();
            some.forEach(values::addAll);
            var sql = "INSERT INTO " + into + " VALUES " + String.join(", ", Collections.nCopies(some.size(), row));
            statements.add(new SqliteStatement(sql, values));
        }
        return statements;
    }

    private String person() {
        return any(SampleWords.GIVEN_NAMES) + " " + any(SampleWords.FAMILY_NAMES);
    }

    private String any(List<String> words) {
        return words.get(random.nextInt(words.size()));
    }

    private int anyId(int count) {
        return 1 + random.nextInt(count);
    }
}
