//! The tables, column by column, in the order of the migrations.
//!
//! One description serves both databases: the SQL types that differ between them are the project's own
//! ([`crate::domain::sql_types`]). A test compares this file with what the migrations make on each database.

#![expect(missing_docs, reason = "the rows say what the columns hold")]

/// The columns of a table, in order.
pub trait Columns {
    /// The table's name.
    const TABLE: &'static str;
    /// The table's name and a dot, which its columns are qualified with.
    const QUALIFIER: &'static str;
    /// The name of the table of all states that its rows were ever in.
    const HISTORY: &'static str;
    /// The columns' names.
    const COLUMNS: &'static [&'static str];
    /// The table's place among all of [`TABLES`].
    const PLACE: usize;
}

/// `diesel::table!`, and the columns' names as data for the queries that are put together at run time.
macro_rules! tables {
    ($($table:ident { $($column:ident -> $sql_type:ty,)+ })+) => { $(
        diesel::table! {
            use diesel::sql_types::*;
            use crate::domain::sql_types::*;
            $table (id) { $($column -> $sql_type,)+ }
        }

        impl Columns for $table::table {
            const TABLE: &'static str = stringify!($table);
            const QUALIFIER: &'static str = concat!(stringify!($table), ".");
            const HISTORY: &'static str = concat!(stringify!($table), "_history");
            const COLUMNS: &'static [&'static str] = &[$(stringify!($column)),+];
            const PLACE: usize = Place::$table as usize;
        }
    )+

        #[expect(non_camel_case_types, reason = "the tables' own names")]
        enum Place { $($table),+ }

        /// The name of each table, and its columns.
        pub const TABLES: &[(&str, &[&str])] = &[$((stringify!($table), <$table::table as Columns>::COLUMNS)),+];

        /// The columns by their qualified names, for conditions: `fields::models::name()`.
        pub mod fields { $(
            #[doc = concat!("Columns of `", stringify!($table), "`.")]
            pub mod $table { $(
                #[doc = concat!("The column `", stringify!($column), "`.")]
                pub const fn $column() -> $crate::store::predicate::Field {
                    $crate::store::predicate::Field::new(concat!(stringify!($table), ".", stringify!($column)))
                }
            )+ }
        )+ }
    };
}

tables! {
    suppliers {
        id -> BigInt,
        name -> Text,
        display_name -> Nullable<Text>,
        description -> Nullable<Text>,
        api_endpoint -> Nullable<Text>,
        base_url -> Nullable<Text>,
        api_url -> Nullable<Text>,
        api_key_required -> Nullable<Bool>,
        website -> Nullable<Text>,
        api_docs -> Nullable<Text>,
        category -> Nullable<Text>,
        logo -> Nullable<Text>,
        is_active -> Bool,
        adapter -> Nullable<Text>,
        extra -> Nullable<JsonSql>,
        created_at -> TimestampSql,
        updated_at -> TimestampSql,
        deleted_at -> Nullable<TimestampSql>,
        version -> BigInt,
    }
    models {
        id -> BigInt,
        name -> Text,
        display_name -> Nullable<Text>,
        description -> Nullable<Text>,
        supplier_id -> BigInt,
        model_type -> Text,
        sub_type -> Nullable<Text>,
        is_default -> Bool,
        is_active -> Bool,
        lifecycle_stage -> Text,
        released_on -> Nullable<Text>,
        knowledge_cutoff -> Nullable<Text>,
        deprecated_on -> Nullable<Date>,
        retires_on -> Nullable<Date>,
        successor_id -> Nullable<BigInt>,
        extra -> Nullable<JsonSql>,
        created_at -> TimestampSql,
        updated_at -> TimestampSql,
        deleted_at -> Nullable<TimestampSql>,
        version -> BigInt,
    }
    model_aliases {
        id -> BigInt,
        model_id -> BigInt,
        supplier_id -> BigInt,
        alias -> Text,
        source -> Nullable<Text>,
        created_at -> TimestampSql,
        updated_at -> TimestampSql,
        deleted_at -> Nullable<TimestampSql>,
        version -> BigInt,
    }
    model_parameters {
        id -> BigInt,
        model_id -> BigInt,
        parameter_name -> Text,
        parameter_type -> Text,
        parameter_value -> Text,
        number_value -> Nullable<Double>,
        is_default -> Bool,
        description -> Nullable<Text>,
        minimum -> Nullable<Double>,
        maximum -> Nullable<Double>,
        allowed_values -> Nullable<JsonSql>,
        source -> Nullable<Text>,
        created_at -> TimestampSql,
        updated_at -> TimestampSql,
        deleted_at -> Nullable<TimestampSql>,
        version -> BigInt,
    }
    capabilities {
        id -> BigInt,
        name -> Text,
        display_name -> Text,
        description -> Nullable<Text>,
        capability_type -> Nullable<Text>,
        input_types -> Nullable<JsonSql>,
        output_types -> Nullable<JsonSql>,
        domain -> Text,
        is_active -> Bool,
        created_at -> TimestampSql,
        updated_at -> TimestampSql,
        deleted_at -> Nullable<TimestampSql>,
        version -> BigInt,
    }
    model_capability_associations {
        id -> BigInt,
        model_id -> BigInt,
        capability_id -> BigInt,
        config -> Nullable<Text>,
        config_json -> Nullable<JsonSql>,
        is_default -> Bool,
        support -> Text,
        source -> Nullable<Text>,
        created_at -> TimestampSql,
        updated_at -> TimestampSql,
        deleted_at -> Nullable<TimestampSql>,
        version -> BigInt,
    }
    model_categories {
        id -> BigInt,
        name -> Text,
        display_name -> Text,
        description -> Nullable<Text>,
        category_type -> Text,
        parent_id -> Nullable<BigInt>,
        is_active -> Bool,
        position -> Integer,
        path -> Text,
        created_at -> TimestampSql,
        updated_at -> TimestampSql,
        deleted_at -> Nullable<TimestampSql>,
        version -> BigInt,
    }
    model_category_associations {
        id -> BigInt,
        model_id -> BigInt,
        category_id -> BigInt,
        source -> Nullable<Text>,
        created_at -> TimestampSql,
        updated_at -> TimestampSql,
        deleted_at -> Nullable<TimestampSql>,
        version -> BigInt,
    }
    model_prices {
        id -> BigInt,
        model_id -> BigInt,
        component -> Text,
        unit -> Text,
        service_mode -> Text,
        min_context_tokens -> BigInt,
        currency -> Text,
        amount_nanos -> BigInt,
        amount_subnanos -> BigInt,
        valid_from -> Nullable<Date>,
        valid_until -> Nullable<Date>,
        source -> Nullable<Text>,
        created_at -> TimestampSql,
        updated_at -> TimestampSql,
        deleted_at -> Nullable<TimestampSql>,
        version -> BigInt,
    }
    model_versions {
        id -> BigInt,
        model_id -> BigInt,
        label -> Text,
        notes -> Nullable<Text>,
        cut -> BigInt,
        created_at -> TimestampSql,
        updated_at -> TimestampSql,
        deleted_at -> Nullable<TimestampSql>,
        version -> BigInt,
    }
    model_pointers {
        id -> BigInt,
        model_id -> BigInt,
        name -> Text,
        model_version_id -> BigInt,
        created_at -> TimestampSql,
        updated_at -> TimestampSql,
        deleted_at -> Nullable<TimestampSql>,
        version -> BigInt,
    }
    master_keys {
        id -> BigInt,
        name -> Text,
        created_at -> TimestampSql,
        updated_at -> TimestampSql,
        deleted_at -> Nullable<TimestampSql>,
        version -> BigInt,
    }
    supplier_keys {
        id -> BigInt,
        supplier_id -> BigInt,
        identity -> Text,
        label -> Text,
        ciphertext -> Binary,
        wrapped_key -> Binary,
        master_key -> Text,
        hint -> Nullable<Text>,
        is_active -> Bool,
        weight -> Integer,
        expires_at -> Nullable<TimestampSql>,
        last_used_at -> Nullable<TimestampSql>,
        rotated_at -> Nullable<TimestampSql>,
        created_at -> TimestampSql,
        updated_at -> TimestampSql,
        deleted_at -> Nullable<TimestampSql>,
        version -> BigInt,
    }
}
