package org.pgproof.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SettingsTest {
    @Test
    void namesEachSettingOnce() {
        assertThat(Settings.ALL)
                .extracting(Setting::name)
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[A-Z0-9_]+"));
        assertThat(Settings.ALL)
                .allSatisfy(
                        setting -> assertThat(setting.meaning()).isNotBlank().doesNotContain("\n"));
    }

    @Test
    void givesEachServiceItsOwnAndTheCommonSettings() {
        assertThat(Settings.of(Setting.Service.BACKUP))
                .extracting(Setting::name)
                .contains("DATABASE_URL", "BACKUP_INTERVAL", "BACKUP_COMPRESSION_THREADS")
                .doesNotContain("VERIFY_INTERVAL", "VERIFY_JOBS");
        assertThat(Settings.of(Setting.Service.VERIFY))
                .extracting(Setting::name)
                .contains("DATABASE_URL", "BACKUP_PREFIX", "VERIFY_JOBS")
                .doesNotContain("BACKUP_INTERVAL", "COMPRESSION_LEVEL");
        assertThat(Settings.of(Setting.Service.BOTH)).isEqualTo(Settings.ALL);
    }
}
