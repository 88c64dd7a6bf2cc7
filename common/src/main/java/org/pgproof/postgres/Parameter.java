package org.pgproof.postgres;

import java.util.Arrays;
import java.util.Optional;

/**
 * The connection parameters of libpq, with the environment variable of each that has one.
 *
 * @see <a href="https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-PARAMKEYWORDS">Parameter Key Words</a>
 */
enum Parameter {
    HOST("host", "PGHOST"),
    HOSTADDR("hostaddr", "PGHOSTADDR"),
    PORT("port", "PGPORT"),
    DBNAME("dbname", "PGDATABASE"),
    USER("user", "PGUSER"),
    PASSWORD("password", "PGPASSWORD"),
    PASSFILE("passfile", "PGPASSFILE"),
    REQUIRE_AUTH("require_auth", "PGREQUIREAUTH"),
    CHANNEL_BINDING("channel_binding", "PGCHANNELBINDING"),
    CONNECT_TIMEOUT("connect_timeout", "PGCONNECT_TIMEOUT"),
    CLIENT_ENCODING("client_encoding", "PGCLIENTENCODING"),
    OPTIONS("options", "PGOPTIONS"),
    APPLICATION_NAME("application_name", "PGAPPNAME"),
    FALLBACK_APPLICATION_NAME("fallback_application_name", ""),
    KEEPALIVES("keepalives", ""),
    KEEPALIVES_IDLE("keepalives_idle", ""),
    KEEPALIVES_INTERVAL("keepalives_interval", ""),
    KEEPALIVES_COUNT("keepalives_count", ""),
    TCP_USER_TIMEOUT("tcp_user_timeout", ""),
    GSSENCMODE("gssencmode", "PGGSSENCMODE"),
    SSLMODE("sslmode", "PGSSLMODE"),
    SSLNEGOTIATION("sslnegotiation", "PGSSLNEGOTIATION"),
    SSLCOMPRESSION("sslcompression", "PGSSLCOMPRESSION"),
    SSLCERT("sslcert", "PGSSLCERT"),
    SSLKEY("sslkey", "PGSSLKEY"),
    SSLCERTMODE("sslcertmode", "PGSSLCERTMODE"),
    SSLROOTCERT("sslrootcert", "PGSSLROOTCERT"),
    SSLSNI("sslsni", "PGSSLSNI"),
    SSL_MIN_PROTOCOL_VERSION("ssl_min_protocol_version", "PGSSLMINPROTOCOLVERSION"),
    SSL_MAX_PROTOCOL_VERSION("ssl_max_protocol_version", "PGSSLMAXPROTOCOLVERSION"),
    KRBSRVNAME("krbsrvname", "PGKRBSRVNAME"),
    GSSLIB("gsslib", "PGGSSLIB"),
    GSSDELEGATION("gssdelegation", "PGGSSDELEGATION"),
    TARGET_SESSION_ATTRS("target_session_attrs", "PGTARGETSESSIONATTRS"),
    LOAD_BALANCE_HOSTS("load_balance_hosts", "PGLOADBALANCEHOSTS"),
    // What libpq knows and the JDBC driver cannot do with the same meaning.
    SSLPASSWORD("sslpassword", "", "use a key file without a password that only this user may read"),
    SSLCRL("sslcrl", "PGSSLCRL", "revocation lists are not checked by this program; remove it"),
    SSLCRLDIR("sslcrldir", "PGSSLCRLDIR", "revocation lists are not checked by this program; remove it"),
    REQUIREPEER("requirepeer", "PGREQUIREPEER", "use a socket in a folder that only the server may write to"),
    SERVICE("service", "PGSERVICE", "give host, port, user and database instead of the name of a service"),
    SERVICEFILE("servicefile", "PGSERVICEFILE", "give host, port, user and database instead of the name of a service"),
    REPLICATION("replication", "", "remove it; backups use ordinary connections"),
    MIN_PROTOCOL_VERSION("min_protocol_version", "PGMINPROTOCOLVERSION", "remove it"),
    MAX_PROTOCOL_VERSION("max_protocol_version", "PGMAXPROTOCOLVERSION", "remove it"),
    SSLKEYLOGFILE("sslkeylogfile", "", "remove it"),
    SCRAM_CLIENT_KEY("scram_client_key", "", "use a password"),
    SCRAM_SERVER_KEY("scram_server_key", "", "use a password"),
    OAUTH_ISSUER("oauth_issuer", "", "use a password or a certificate"),
    OAUTH_CLIENT_ID("oauth_client_id", "", "use a password or a certificate"),
    OAUTH_CLIENT_SECRET("oauth_client_secret", "", "use a password or a certificate"),
    OAUTH_SCOPE("oauth_scope", "", "use a password or a certificate");

    private final String keyword;
    private final String variable;
    private final String refusal;

    Parameter(String keyword, String variable) {
        this(keyword, variable, "");
    }

    Parameter(String keyword, String variable, String refusal) {
        this.keyword = keyword;
        this.variable = variable;
        this.refusal = refusal;
    }

    /** The name in a connection string. */
    String keyword() {
        return keyword;
    }

    /** The environment variable, or an empty text. */
    String variable() {
        return variable;
    }

    /** What to do instead, when this parameter is refused; else an empty text. */
    String refusal() {
        return refusal;
    }

    /** Those whose neglect would be a silent loss of security: an old client must refuse them, not overlook a variable. */
    boolean mustBeUnderstood() {
        return this == REQUIRE_AUTH || this == SSLCERTMODE;
    }

    static Optional<Parameter> named(String keyword) {
        return Arrays.stream(values())
                .filter(parameter -> parameter.keyword.equals(keyword))
                .findFirst();
    }
}
