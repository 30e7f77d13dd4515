<?php
/**
 * Plugin Name:       Kashshaf
 * Description:       Search in Arabic for articles and readers' comments, by a Kashshaf server: a search box as shortcode and block, and every article sent to the index as it is published.
 * Version:           0.1.0
 * Requires at least: 6.0
 * Requires PHP:      7.4
 * License:           GPL-3.0-or-later
 * License URI:       https://www.gnu.org/licenses/gpl-3.0.html
 * Text Domain:       kashshaf
 * Domain Path:       /languages
 *
 * @package Kashshaf
 */

defined( 'ABSPATH' ) || exit;

define( 'KASHSHAF_VERSION', '0.1.0' );

foreach ( array( 'settings', 'client', 'article', 'outbox', 'sync', 'element', 'site-search' ) as $kashshaf_part ) {
	require_once __DIR__ . "/includes/class-kashshaf-$kashshaf_part.php";
}
unset( $kashshaf_part );

add_action(
	'init',
	static function () {
		load_plugin_textdomain( 'kashshaf', false, basename( __DIR__ ) . '/languages' );
		Kashshaf_Element::register( __DIR__ );
	}
);

Kashshaf_Outbox::listen();
Kashshaf_Sync::listen();
Kashshaf_Site_Search::listen();

if ( is_admin() ) {
	require_once __DIR__ . '/includes/class-kashshaf-settings-page.php';
	Kashshaf_Settings_Page::listen();
}

if ( defined( 'WP_CLI' ) && WP_CLI ) {
	require_once __DIR__ . '/includes/class-kashshaf-command.php';
	WP_CLI::add_command( 'kashshaf', 'Kashshaf_Command' );
}

register_deactivation_hook(
	__FILE__,
	static function () {
		foreach ( array( 'kashshaf_send', 'kashshaf_remove', 'kashshaf_sync' ) as $hook ) {
			wp_unschedule_hook( $hook );
		}
	}
);
