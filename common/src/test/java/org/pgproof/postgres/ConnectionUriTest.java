package org.pgproof.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Most of the good cases and some of the bad ones are those of libpq's own tests (uri_regress). */
class ConnectionUriTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "postgresql://uri-user:secret@host:12345/db {dbname=db,host=host,password=secret,port=12345,user=uri-user}",
                "postgresql://uri-user@host:12345/db {dbname=db,host=host,port=12345,user=uri-user}",
                "postgresql://uri-user@host/db {dbname=db,host=host,user=uri-user}",
                "postgresql://host:12345/db {dbname=db,host=host,port=12345}",
                "postgresql://host/db {dbname=db,host=host}",
                "postgresql://uri-user@host:12345/ {host=host,port=12345,user=uri-user}",
                "postgresql://uri-user@ {user=uri-user}",
                "postgresql://uri-user:@host {host=host,user=uri-user}",
                "postgresql://uri-user@:12345 {port=12345,user=uri-user}",
                "postgresql://uri-user%@x {-}",
                "postgresql://host:12345 {host=host,port=12345}",
                "postgresql://host {host=host}",
                "postgresql:// {}",
                "postgresql://?hostaddr=127.0.0.1 {hostaddr=127.0.0.1}",
                "postgresql://example.com?hostaddr=63.1.2.4 {host=example.com,hostaddr=63.1.2.4}",
                "postgresql://%68ost/ {host=host}",
                "postgresql://host/db?user=uri-user {dbname=db,host=host,user=uri-user}",
                "postgresql://host/db?user=uri-user&port=12345 {dbname=db,host=host,port=12345,user=uri-user}",
                "postgresql://host/db?u%73er=someotheruser&port=1 {dbname=db,host=host,port=1,user=someotheruser}",
                "postgresql://[::1]:12345/db {dbname=db,host=::1,port=12345}",
                "postgresql://[::1]/db {dbname=db,host=::1}",
                "postgresql://[2001:db8::1234]/ {host=2001:db8::1234}",
                "postgresql://[200z:db8::1234]/ {host=200z:db8::1234}",
                "postgresql://[::1] {host=::1}",
                "postgres:// {}",
                "postgres:/// {}",
                "postgres:///db {dbname=db}",
                "postgres://uri-user@/db {dbname=db,user=uri-user}",
                "postgres://?host=/path/to/socket/dir {host=/path/to/socket/dir}",
                "postgres://@host {host=host}",
                "postgres://host:/ {host=host}",
                "postgres://:12345/ {port=12345}",
                "postgres://otheruser@?host=/no/such/dir {host=/no/such/dir,user=otheruser}",
                "postgres://otheruser@/?host=/no/such/dir {host=/no/such/dir,user=otheruser}",
                "postgres://%2Fvar%2Flib%2Fpostgresql/dbname {dbname=dbname,host=/var/lib/postgresql}",
                "postgresql://a,b:2,[::1]:3,:4/db {dbname=db,host=a,b,::1,,port=,2,3,4}",
                "postgresql://h/d?ssl=true {dbname=d,host=h,sslmode=require}",
                "postgresql://h/d?sslmode=disable&ssl=true {dbname=d,host=h,sslmode=require}",
                "postgresql://h/d?dbname=e&dbname=f {dbname=f,host=h}",
                "postgresql://h/d? {dbname=d,host=h}",
                "postgresql://h/d?port=1& {dbname=d,host=h,port=1}",
                "postgresql://h?options=-c+a%3Db {host=h,options=-c+a=b}",
                "postgresql://u:p:q@h {host=h,password=p:q,user=u}",
                "postgresql://u:p#q?r&s=t@h/d {dbname=d,host=h,password=p#q?r&s=t,user=u}",
                "postgresql://u%40x:%70%40%3A%2F%23%25%3F%26%20@h {host=h,password=p@:/#%?&_,user=u@x}",
                "postgresql://u:p@h/a@b {dbname=a@b,host=h,password=p,user=u}",
                "postgresql://h/d?application_name=a@b/c {application_name=a@b/c,dbname=d,host=h}",
                "postgresql://u:p+q@h/a/b {dbname=a/b,host=h,password=p+q,user=u}",
            })
    void readsAsLibpqDoes(String uri, String expected) throws InvalidConnectionException {
        if (expected.equals("{-}")) {
            assertThatThrownBy(() -> ConnectionUri.parse(uri)).isInstanceOf(InvalidConnectionException.class);
        } else {
            assertThat(shown(uri)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://host/db?u%7aer=someotheruser",
                "postgresql://host?uzer=",
                "postgre://",
                "host=localhost dbname=x",
                "mysql://u:s3cret@h/d",
                "jdbc:postgresql://h/d?password=s3cret",
                "postgres://[::1",
                "postgres://[]",
                "postgres://[::1]z",
                "postgresql://host?zzz",
                "postgresql://host?value1&value2",
                "postgresql://host?key=key=value",
                "postgres://host?dbname=%XXfoo",
                "postgresql://a%00b",
                "postgresql://%zz",
                "postgresql://%1",
                "postgresql://%",
                "postgresql://%ff",
                "postgresql://h/d?&port=1",
                "postgresql://h/d?port=1&&dbname=x",
                "postgresql://h:port/d",
                "POSTGRESQL://h/d"
            })
    void refusesWhatLibpqRefuses(String uri) {
        assertThatThrownBy(() -> ConnectionUri.parse(uri))
                .isInstanceOf(InvalidConnectionException.class)
                .hasMessageNotContaining("s3cret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://app:s3@cret@db.example.com/shop",
                "postgresql://app:s3/cret@db.example.com/shop",
                "postgresql://app:7/s3cret@db.example.com/shop",
                "postgresql://app:s3cret/?@db.example.com/shop",
                "postgresql://app:s3?cret/@db.example.com/shop",
                "postgresql://app:s3cret%@db.example.com/shop",
                "postgresql://app:s3cret%zz@db.example.com/shop",
                "postgresql://app/x:s3cret@db.example.com/shop",
                "postgresql://app:[s3/cret@db.example.com/shop",
                "postgresql://app:s3cret&x=1/@db.example.com/shop?sslmode=require",
                "postgresql://app:12/?34@s3cret"
            })
    void saysHowToWriteAPasswordThatIsNotEscapedWithoutShowingIt(String uri) {
        assertThatThrownBy(() -> ConnectionUri.parse(uri))
                .isInstanceOf(InvalidConnectionException.class)
                .hasMessageContaining("%25")
                .hasMessageNotContaining("s3")
                .hasMessageNotContaining("cret");
    }

    @Test
    void namesAnUnknownParameterUnlessItMayBeASecret() {
        assertThatThrownBy(() -> ConnectionUri.parse("postgresql://h/d?sslmod=require"))
                .hasMessageContaining("the parameter sslmod, which libpq does not know");
        assertThatThrownBy(() -> ConnectionUri.parse("postgresql://h/d?s3cret!=1"))
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void toleratesWhiteSpaceAroundTheUri() throws InvalidConnectionException {
        assertThat(shown(" postgresql://h/d\n")).isEqualTo("{dbname=d,host=h}");
    }

    private static String shown(String uri) throws InvalidConnectionException {
        Map<String, String> sorted = new TreeMap<>();
        ConnectionUri.parse(uri)
                .forEach((parameter, value) -> sorted.put(parameter.keyword(), value.replace(' ', '_')));
        return sorted.toString().replace(", ", ",");
    }
}
