package symbolai.mcp.plugins.local.d1;

import java.util.List;

/** The schema of the sample database, and the words that its rows are made of. */
final class SampleWords {

    static final List<String> SCHEMA = List.of(
            "CREATE TABLE regions (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)",
            "CREATE TABLE categories (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, description TEXT NOT NULL)",
            """
            CREATE TABLE suppliers (
              id INTEGER PRIMARY KEY,
              name TEXT NOT NULL,
              city TEXT NOT NULL,
              region_id INTEGER NOT NULL REFERENCES regions(id)
            )""",
            """
            CREATE TABLE products (
              id INTEGER PRIMARY KEY,
              name TEXT NOT NULL UNIQUE,
              category_id INTEGER NOT NULL REFERENCES categories(id),
              supplier_id INTEGER NOT NULL REFERENCES suppliers(id),
              unit_price_cents INTEGER NOT NULL CHECK (unit_price_cents > 0),
              units_in_stock INTEGER NOT NULL DEFAULT 0,
              discontinued INTEGER NOT NULL DEFAULT 0
            )""",
            """
            CREATE TABLE employees (
              id INTEGER PRIMARY KEY,
              name TEXT NOT NULL,
              title TEXT NOT NULL,
              hired_on TEXT NOT NULL,
              manager_id INTEGER REFERENCES employees(id)
            )""",
            """
            CREATE TABLE customers (
              id INTEGER PRIMARY KEY,
              name TEXT NOT NULL,
              email TEXT NOT NULL UNIQUE,
              city TEXT NOT NULL,
              region_id INTEGER NOT NULL REFERENCES regions(id),
              joined_on TEXT NOT NULL
            )""",
            """
            CREATE TABLE orders (
              id INTEGER PRIMARY KEY,
              customer_id INTEGER NOT NULL REFERENCES customers(id),
              employee_id INTEGER NOT NULL REFERENCES employees(id),
              ordered_on TEXT NOT NULL,
              shipped_on TEXT,
              status TEXT NOT NULL CHECK (status IN ('open', 'shipped', 'returned'))
            )""",
            """
            CREATE TABLE order_lines (
              order_id INTEGER NOT NULL REFERENCES orders(id) ON DELETE CASCADE,
              product_id INTEGER NOT NULL REFERENCES products(id),
              quantity INTEGER NOT NULL CHECK (quantity > 0),
              unit_price_cents INTEGER NOT NULL,
              discount REAL NOT NULL DEFAULT 0,
              PRIMARY KEY (order_id, product_id)
            )""",
            "CREATE INDEX products_by_category ON products(category_id)",
            "CREATE INDEX products_by_supplier ON products(supplier_id)",
            "CREATE INDEX customers_by_region ON customers(region_id)",
            "CREATE INDEX orders_by_customer ON orders(customer_id, ordered_on)",
            "CREATE INDEX orders_by_day ON orders(ordered_on)",
            "CREATE INDEX order_lines_by_product ON order_lines(product_id)",
            """
            CREATE VIEW order_totals AS
              SELECT order_id, sum(quantity * unit_price_cents * (1 - discount)) AS total_cents
              FROM order_lines GROUP BY order_id""");

    static final List<String> REGIONS = List.of("North", "East", "South", "West", "Isles", "Overseas");
    static final List<String> CATEGORIES =
            List.of("Tea", "Coffee", "Honey", "Cheese", "Bread", "Pickles", "Spices", "Soap");
    static final List<String> ADJECTIVES =
            List.of("Quiet", "Golden", "Harbour", "Meadow", "Winter", "Old Mill", "Copper", "Blue Door", "Northern");
    static final List<String> TRADES = List.of("Traders", "Provisions", "Farm", "Works", "Import", "Dairy");
    static final List<String> CITIES = List.of(
            "Bergen", "Porto", "Leeds", "Turku", "Ghent", "Lyon", "Graz", "Split", "Cork", "Tartu", "Malaga", "Quebec");
    static final List<String> GIVEN_NAMES = List.of(
            "Ada", "Bruno", "Carla", "Dario", "Elin", "Felix", "Greta", "Hugo", "Ines", "Jonas", "Kira", "Luca", "Maya",
            "Nils", "Olga", "Pavel", "Rosa", "Sami", "Tilda", "Yara");
    static final List<String> FAMILY_NAMES = List.of(
            "Almeida",
            "Berg",
            "Cole",
            "Dunne",
            "Eriksen",
            "Fabre",
            "Gruber",
            "Horvat",
            "Ilves",
            "Jensen",
            "Kovac",
            "Lindholm",
            "Moreau",
            "Novak",
            "Okafor",
            "Pires",
            "Rossi",
            "Saar",
            "Tamm",
            "Walsh");
    static final List<String> OUTCOMES = List.of("shipped", "shipped", "shipped", "shipped", "returned");

    private SampleWords() {}
}
